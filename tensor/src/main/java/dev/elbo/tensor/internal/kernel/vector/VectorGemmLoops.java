package dev.elbo.tensor.internal.kernel.vector;

import static dev.elbo.tensor.internal.kernel.vector.TileShape.WIDTH;

import dev.elbo.tensor.internal.kernel.GemmLoops;
import dev.elbo.tensor.internal.kernel.GemmShape;

/** Blocks a product for the caches, packs what is worth packing, and runs the tiles. */
final class VectorGemmLoops implements GemmLoops {
  static final int DEPTH=Integer.getInteger("kb",320);
  static final int PACKR=Integer.getInteger("pr",48);
  static final int PACKL=Integer.getInteger("pl",1);
  static final int NC=Integer.getInteger("nc",128);
  static final int SWAP=Integer.getInteger("sw",1);

  private final boolean swapped;
  private final int leftRow, leftColumn, rightRow, rightColumn, outRow, outColumn, k, depth;
  private final boolean packsLeft, packsRight;
  private final int tile, panel, block, floats;

  VectorGemmLoops(GemmShape s, int chunkRows, int chunkColumns) {
    int aRow=s.transposeA()?1:s.lda(), aColumn=s.transposeA()?s.lda():1;
    int bRow=s.transposeB()?1:s.ldb(), bColumn=s.transposeB()?s.ldb():1;
    long m=s.m(), n=s.n();
    k=s.k();
    swapped = SWAP==1 && s.transposeB() && m*n + m*k < n*k;
    leftRow = swapped?bColumn:aRow; leftColumn=swapped?bRow:aColumn;
    rightRow = swapped?aColumn:bRow; rightColumn=swapped?aRow:bColumn;
    outRow=swapped?1:s.ldc(); outColumn=swapped?s.ldc():1;
    int rows = swapped?chunkColumns:chunkRows, columns=swapped?chunkRows:chunkColumns;
    depth = Math.max(1,Math.ceilDiv(k, Math.max(1,Math.ceilDiv(k, DEPTH))));
    packsRight = rightColumn!=1 || rows>=PACKR || leftColumn!=1;
    packsLeft = leftColumn==1 && packsRight && columns>=128 && PACKL==1 || PACKL==2;
    tile=0; panel=tile+TileShape.ROWS*WIDTH; block=panel+(depth*WIDTH+WIDTH)*(NC/WIDTH); floats=block+(packsLeft?rows*depth:0);
  }

  @Override
  public int scratchFloats() {
    return floats;
  }

  @Override
  public void run(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int rowFrom,
      int rowTo,
      int columnFrom,
      int columnTo,
      boolean accumulate,
      float[] scratch) {
    if (swapped) product(b,bOffset,a,aOffset,c,cOffset,columnFrom,columnTo,rowFrom,rowTo,accumulate,scratch);
    else product(a,aOffset,b,bOffset,c,cOffset,rowFrom,rowTo,columnFrom,columnTo,accumulate,scratch);
  }

  private void product(float[] left,int leftOffset,float[] right,int rightOffset,float[] out,int outOffset,int rowFrom,int rowTo,int columnFrom,int columnTo,boolean accumulate,float[] scratch){
    for(int from=0;from<k;from+=depth){
      int d=Math.min(depth,k-from);
      boolean add=accumulate||from>0;
      if(packsLeft) packLeft(left,leftOffset+rowFrom*leftRow+from*leftColumn,rowTo-rowFrom,d,scratch);
      int strip=packsRight?NC:WIDTH;
      for(int js=columnFrom;js<columnTo;js+=strip){
        int je=Math.min(js+strip,columnTo);
        int full=packsRight&&rightColumn==1?(je-js)/WIDTH:0;
        int ps=d*WIDTH+WIDTH;
        if(full>0) Packing.panels(right,rightOffset+from*rightRow+js,rightRow,d,full,scratch,panel,ps);
        for(int j=js;j<je;j+=WIDTH){
        int width=Math.min(WIDTH,columnTo-j);
        int source=rightOffset+from*rightRow+j*rightColumn;
        if(j<js+full*WIDTH) tiles(left,leftOffset+from*leftColumn,scratch,panel+(j-js)/WIDTH*ps,WIDTH,out,outOffset+j*outColumn,rowFrom,rowTo,width,d,add,scratch);
        else if(packsRight||width<WIDTH){
          if(rightColumn==1){ Packing.runs(right,source,rightRow,d,width,scratch,panel,WIDTH);Packing.pad(scratch,panel,d,width); }
          else {Packing.transposed(right,source,rightColumn,d,width,scratch,panel,WIDTH);Packing.pad(scratch,panel,d,width);}
          tiles(left,leftOffset+from*leftColumn,scratch,panel,WIDTH,out,outOffset+j*outColumn,rowFrom,rowTo,width,d,add,scratch);
        } else tiles(left,leftOffset+from*leftColumn,right,source,rightRow,out,outOffset+j*outColumn,rowFrom,rowTo,width,d,add,scratch);
        }
      }
    }
  }

  private void tiles(float[] left,int leftOffset,float[] right,int rightIndex,int rightStep,float[] out,int outOffset,int rowFrom,int rowTo,int width,int d,boolean add,float[] scratch){
    int rows=rowTo-rowFrom, count=TileShape.count(rows);
    boolean direct=outColumn==1&&width==WIDTH;
    int i=rowFrom;
    for(int t=0;t<count;t++){
      int r=TileShape.rows(rows,count,t);
      int target=outOffset+i*outRow;
      if(direct) multiply(r,left,leftOffset,i,rowFrom,right,rightIndex,rightStep,out,target,outRow,d,add,scratch);
      else {
        if(add) load(out,target,r,width,scratch);
        multiply(r,left,leftOffset,i,rowFrom,right,rightIndex,rightStep,scratch,tile,WIDTH,d,add,scratch);
        store(out,target,r,width,scratch);
      }
      i+=r;
    }
  }
  private void multiply(int r,float[] left,int leftOffset,int i,int rowFrom,float[] right,int rightIndex,int rightStep,float[] c,int c0,int cStep,int d,boolean add,float[] scratch){
    if(packsLeft) PanelTiles.multiply(r,scratch,block+(i-rowFrom)*d,r,right,rightIndex,c,c0,cStep,d,add);
    else if(leftColumn==1) RowTiles.multiply(r,left,leftOffset+i*leftRow,leftRow,right,rightIndex,rightStep,c,c0,cStep,d,add);
    else PanelTiles.multiply(r,left,leftOffset+i,leftColumn,right,rightIndex,c,c0,cStep,d,add);
  }
  private void load(float[] out,int index,int rows,int width,float[] scratch){
    if(outColumn==1) Packing.runs(out,index,outRow,rows,width,scratch,tile,WIDTH);
    else Packing.transposed(out,index,outColumn,rows,width,scratch,tile,WIDTH);
  }
  private void store(float[] out,int index,int rows,int width,float[] scratch){
    if(outColumn==1) Packing.runs(scratch,tile,WIDTH,rows,width,out,index,outRow);
    else for(int j=0;j<width;j++) {int o=index+j*outColumn; for(int i=0;i<rows;i++) out[o+i]=scratch[tile+i*WIDTH+j]; }
  }
  private void packLeft(float[] left,int index,int rows,int d,float[] scratch){
    int count=TileShape.count(rows); int i=0;
    for(int t=0;t<count;t++){ int r=TileShape.rows(rows,count,t);
      if(leftColumn==1) Packing.transposed(left,index+i*leftRow,leftRow,d,r,scratch,block+i*d,r);
      else Packing.runs(left,index+i,leftColumn,d,r,scratch,block+i*d,r);
      i+=r;
    }
  }
}
